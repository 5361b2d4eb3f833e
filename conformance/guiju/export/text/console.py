"""What database tools print around the records: counts, prompts, rules, and reports of failure."""

from __future__ import annotations

import re
from collections.abc import Sequence

_COUNTED = (
    r"\(?\s*\d+\s*(?:rows?|records?)(?:\s*\(?s\)?)?\s*"
    r"(?:affected|selected|in set.*|returned|exported)?\s*\.?\)?"
)
_COUNTED_IN_CHINESE = (
    r"[(（]?\s*(?:已选择|已选定|已导出|共选择|影响了?|(?:受影响的行数|所影响的行数为)\s*[:：]?)\s*\d+\s*"
    r"(?:行|条|个资料列|条记录|行受影响)?\s*[。.]?[)）]?|[(（]\s*\d+\s*(?:行|条)(?:记录|受影响|数据)?\s*[)）]|未选定行"
)
_SAID = (
    r"no rows selected|query ok,.*|statement processed\.?|spool off|set \w+ (?:on|off)|SQL>.*|mysql>.*|"
    r"\w+[=-][>#].*|disconnected from .*|bye|elapsed: .*|time: [\d.]+ ms|已用时间[:：].*"
)
_ECHO = re.compile(f"{_COUNTED}|{_COUNTED_IN_CHINESE}|{_SAID}", re.IGNORECASE)
_FAILURE = re.compile(
    r"(?:ORA|PLS|TNS|SP2|DM)-\d{4,5}[:：].*|ERROR \d{4}(?: \(\w{5}\))?:.*|Msg \d+, Level \d+.*|"
    r"(?:ERROR|FATAL|SQLSTATE)[:：\[].*|.*(?:java\.\w+\.\w*Exception|Traceback \(most recent).*|"
    r"</?(?:!doctype|html|head|body|script|meta|title|h1|p|hr|br)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_RULE = re.compile(r"[-=+ ]{3,}")


def echo(cells: Sequence[str]) -> bool:
    """Whether the first cell of a record is such a message or a line drawn, and the only one."""
    if any(cells[1:]):
        return False
    return bool(_ECHO.fullmatch(cells[0].strip()) or _rule(cells[:1]))


def failure(cells: Sequence[str]) -> bool:
    """Whether a record begins with what a database or a server says when it fails."""
    return bool(cells) and _FAILURE.fullmatch(cells[0].strip()) is not None


def _rule(cells: Sequence[str]) -> bool:
    return all(_RULE.fullmatch(cell.strip()) for cell in cells)


def ruled(cells: Sequence[str]) -> bool:
    """Whether a record below the head is nothing but a line drawn under the headings."""
    return bool(cells) and all(cells) and _rule(cells)
