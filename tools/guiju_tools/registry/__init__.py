"""The registry (结果登记库): bundles that were verified, and the registers of the loop, in one log."""
