"""The site: Chinese, offline (nothing fetched at run time), readable from a folder without a server."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "_ext"))

project = "规矩 Guiju"
author = "Guiju"
copyright = "Guiju，Apache-2.0"
release = tomllib.loads((HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
language = "zh_CN"
exclude_patterns = ["_build", "_ext"]

extensions = [
    "myst_parser",
    "reference_tables",
    "standard_tables",
    "standard_pages",
    "framework_tables",
    "zh_lines",
    "zh_search",
]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
nitpicky = True
smartquotes = False

html_theme = "shibuya"
html_title = "规矩 · 政务服务标准符合性核验工具"
html_theme_options = {"accent_color": "blue", "show_ai_links": False}
html_static_path = ["_static"]
html_css_files = ["guiju.css"]
html_copy_source = False
html_show_sphinx = False
# an empty partials/webfonts.html keeps the theme from asking a font server
templates_path = ["_templates"]
