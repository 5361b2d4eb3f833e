"""What an example expects of the judge, and how an answer falls short of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from guiju.engine.plan import State
from guiju.result.model import OUTCOME_TITLES
from guiju.run.examples import ExampleAnswer

STATE_WORDS: Mapping[str, State] = {
    "符合": "passed",
    "不符合": "failed",
    "无法判定": "undecided",
    "不适用": "inapplicable",
}
OUTCOME_WORDS: Mapping[str, str] = {title: word for word, title in OUTCOME_TITLES.items()}
_STATE_TITLES = {word: title for title, word in STATE_WORDS.items()}


@dataclass(frozen=True, slots=True)
class RowExpected:
    """The state of one row of the examined table, from 1, in words."""

    number: int
    word: str

    def fault(self, answer: ExampleAnswer) -> str:
        """How the answer differs; empty where it does not."""
        if self.number > len(answer.states):
            return f"示例没有第{self.number}行"
        found = answer.states[self.number - 1]
        if found == STATE_WORDS[self.word]:
            return ""
        return f"第{self.number}行应{self.word}，实为{_STATE_TITLES[found]}（{answer.reason}）"


@dataclass(frozen=True, slots=True)
class OutcomeExpected:
    """The outcome of the whole example, in words."""

    word: str

    def fault(self, answer: ExampleAnswer) -> str:
        """How the answer differs; empty where it does not."""
        if answer.outcome == OUTCOME_WORDS.get(self.word):
            return ""
        return f"结论应为{self.word}，实为{OUTCOME_TITLES[answer.outcome]}（{answer.reason}）"


@dataclass(frozen=True, slots=True)
class NothingFailed:
    """The example passes or does not apply."""

    def fault(self, answer: ExampleAnswer) -> str:
        """How the answer differs; empty where it does not."""
        conforms = answer.outcome in ("passed", "inapplicable")
        return "" if conforms else f"{OUTCOME_TITLES[answer.outcome]}：{answer.reason}"


Expected = RowExpected | OutcomeExpected | NothingFailed
