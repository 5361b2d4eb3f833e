"""The framework of standards (标准体系框架): its nodes, the development plan, the register of plans."""
