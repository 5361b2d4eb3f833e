"""The small SQL dialect of expressions: sqlglot set up so that it knows nothing that we do not allow."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from sqlglot import Token, TokenType, exp, parser, tokens
from sqlglot.dialects.dialect import Dialect
from sqlglot.errors import ParseError, SqlglotError

from guiju.errors import StandardError
from guiju.rule.source import Source

LONGEST = 4000
_SYMBOLS = "()+-*%<>=,:;/.\"'"


class RuleDialect(Dialect):
    """Words are names, calls are anonymous; only the operators below mean something."""

    class Tokenizer(tokens.Tokenizer):
        """The words and signs that are not names."""

        COMMENTS: ClassVar[list[str | tuple[str, str]]] = []
        KEYWORDS: ClassVar[dict[str, TokenType]] = {
            "AND": TokenType.AND,
            "OR": TokenType.OR,
            "NOT": TokenType.NOT,
            "IN": TokenType.IN,
            "BETWEEN": TokenType.BETWEEN,
            "IS": TokenType.IS,
            "NULL": TokenType.NULL,
            "TRUE": TokenType.TRUE,
            "FALSE": TokenType.FALSE,
            "DATE": TokenType.DATE,
            "<>": TokenType.NEQ,
            "!=": TokenType.NEQ,
            "<=": TokenType.LTE,
            ">=": TokenType.GTE,
            "//": TokenType.DIV,
        }
        SINGLE_TOKENS: ClassVar[dict[str, TokenType]] = {
            sign: kind for sign, kind in tokens.Tokenizer.SINGLE_TOKENS.items() if sign in _SYMBOLS
        }

    class Parser(parser.Parser):
        """No built-in functions; `//` is the whole quotient."""

        FUNCTIONS: ClassVar[dict[str, object]] = {}  # type: ignore[assignment]  # the base declares its own type
        FUNCTION_PARSERS: ClassVar[dict[str, object]] = {}  # type: ignore[assignment]  # as above
        NO_PAREN_FUNCTIONS: ClassVar[dict[TokenType, object]] = {}
        NO_PAREN_FUNCTION_PARSERS: ClassVar[dict[str, object]] = {}  # type: ignore[assignment]  # as above
        FACTOR: ClassVar[dict[TokenType, type[exp.Binary]]] = {
            TokenType.DIV: exp.IntDiv,
            TokenType.STAR: exp.Mul,
            TokenType.MOD: exp.Mod,
        }


_SIGNS = frozenset(
    {
        *(
            TokenType.L_PAREN,
            TokenType.R_PAREN,
            TokenType.COMMA,
            TokenType.COLON,
            TokenType.DASH,
            TokenType.PLUS,
        ),
        *(
            TokenType.STAR,
            TokenType.DIV,
            TokenType.MOD,
            TokenType.EQ,
            TokenType.NEQ,
            TokenType.LT,
            TokenType.LTE,
        ),
        *(
            TokenType.GT,
            TokenType.GTE,
            TokenType.AND,
            TokenType.OR,
            TokenType.NOT,
            TokenType.IN,
            TokenType.IS,
        ),
        *(
            TokenType.BETWEEN,
            TokenType.NULL,
            TokenType.TRUE,
            TokenType.FALSE,
            TokenType.DATE,
            TokenType.STRING,
        ),
    }
)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_WORD_HINTS: Mapping[str, str] = {
    "case": "没有 CASE：请用 and、or 写出各种情形，或拆成几条要求",
    "when": "没有 CASE：请用 and、or 写出各种情形，或拆成几条要求",
    "like": "没有 LIKE：请用 starts_with、ends_with、contains 或 matches",
    "ilike": "没有 ILIKE：请用 starts_with、ends_with、contains 或 matches",
    "similar": "没有 SIMILAR TO：请用 matches",
    "select": "没有子查询：记录之间的关系请用 reference、match、coverage 等核验方式",
    "exists": "没有子查询：记录之间的关系请用 reference、match、coverage 等核验方式",
    "cast": "没有类型转换：值的类型由数据集中数据元的声明决定",
    "try_cast": "没有类型转换：值的类型由数据集中数据元的声明决定",
    "count": "没有汇总函数：比率和计数请用 indicator 核验方式",
    "sum": "没有汇总函数：比率和计数请用 indicator 核验方式",
    "avg": "没有汇总函数：比率和计数请用 indicator 核验方式",
    "min": "没有汇总函数：比率和计数请用 indicator 核验方式",
    "max": "没有汇总函数：比率和计数请用 indicator 核验方式",
    "interval": "没有 INTERVAL：请用 within_hours、days_between、add_workdays",
    "timestamp": "没有时间常量：请先用 day(…) 取日期，再同 date '2024-01-01' 比较",
}
_SIGN_HINTS: Mapping[str, str] = {
    "/": "没有“/”：整数除法请用 //，比率请用 indicator 核验方式",
    ";": "一处只写一个表达式",
    ".": "数据元前不写数据集名；小数请写全，如 0.5",
    "::": "没有类型转换：值的类型由数据集中数据元的声明决定",
    "--": "不能写注释；连续两个减号请加括号",
    "==": "等于只写一个“=”",
    "||": "不能拼接文字",
    "[": "不能取下标：文字请用 substr，多项取值请用 has",
    "?": "参数请写作 :参数名",
    "$": "参数请写作 :参数名",
}
_DEFAULT_HINT = "可用：and or not = <> < <= > >= in between is null + - * // % 和列出的函数"


def syntax_tree(source: Source) -> exp.Expr:
    """The syntax tree of an expression; its nodes still have to be admitted one by one.

    Raises:
        StandardError: GJ-S201 something that does not belong to the language, GJ-S202 a broken sentence,
            GJ-S203 empty or too long.
    """
    text = source.text
    if not text.strip():
        raise source.fault("GJ-S203", "表达式是空的", 0, hint="请写出条件，例如 promise_day <= 20")
    if len(text) > LONGEST:
        raise source.fault("GJ-S203", f"表达式超过{LONGEST}字", LONGEST, hint="请拆成几条要求")
    dialect = RuleDialect()
    found = _tokens(source, dialect)
    try:
        trees = dialect.parser().parse(found, text)
    except ParseError as error:
        raise _broken(source, error) from error
    if len(trees) != 1 or trees[0] is None:
        raise source.fault("GJ-S203", "一处只能写一个表达式", 0, hint="几个条件请用 and 连接")
    return trees[0]


def _tokens(source: Source, dialect: RuleDialect) -> list[Token]:
    try:
        found = dialect.tokenize(source.text)
    except SqlglotError as error:
        at = max(source.text.rfind("'"), 0)
        raise source.fault(
            "GJ-S202", "引号没有成对", at, hint="文字写在一对半角单引号之间，如 '01'"
        ) from error
    for token, following in zip(found, [*found[1:], None], strict=True):
        _admit(source, token, following)
    return found


def _admit(source: Source, token: Token, following: Token | None) -> None:
    """Let a token through, or say what stands in its place."""
    text, at = token.text, token.start
    written = source.text[token.start : token.end + 1]
    touching = following is not None and following.start == token.end + 1
    pair = source.text[at : at + 2]
    if (
        touching and pair in _SIGN_HINTS and token.token_type is not TokenType.STRING
    ) or written in _SIGN_HINTS:
        sign = pair if pair in _SIGN_HINTS else written
        raise source.fault("GJ-S201", f"表达式中不能用“{sign}”", at, hint=_SIGN_HINTS[sign])
    if token.token_type is TokenType.NUMBER:
        wrong = not _NUMBER.fullmatch(written) or (touching and following is not None and _is_word(following))
        if wrong:
            raise source.fault(
                "GJ-S201", f"数的写法不对：“{written}”", at, hint="数只用半角数字和小数点，如 20、0.95"
            )
    elif token.token_type is TokenType.VAR:
        _admit_word(source, text, at)
    elif token.token_type not in _SIGNS and not (
        token.token_type is TokenType.IDENTIFIER and written[0] == '"'
    ):
        raise source.fault("GJ-S201", f"表达式中不能用“{written}”", at, hint=_DEFAULT_HINT)


def _is_word(token: Token) -> bool:
    return token.token_type in (TokenType.VAR, TokenType.NUMBER)


def _admit_word(source: Source, word: str, at: int) -> None:
    if word.lower() in _WORD_HINTS and not _called_like_a_field(source, at + len(word)):
        raise source.fault("GJ-S201", f"表达式中不能用“{word}”", at, hint=_WORD_HINTS[word.lower()])
    if _NAME.fullmatch(word):
        return
    odd = next(index for index, char in enumerate(word) if not _NAME.fullmatch(f"a{char}"))
    at += odd
    sign = word[odd]
    raise source.fault(
        "GJ-S201",
        f"表达式中不能用“{sign}”",
        at,
        hint=_SIGN_HINTS.get(sign, "括号、引号、比较符请用半角；数据元请写英文名；文字请加单引号"),
    )


def _called_like_a_field(source: Source, end: int) -> bool:
    """Whether a comparison follows: then a word such as ``count`` is the name of a field."""
    return bool(
        re.match(r"\s*(?:[=<>!+\-*%),]|is\b|in\b|not\b|between\b|$)", source.text[end:], re.IGNORECASE)
    )


def _broken(source: Source, error: ParseError) -> StandardError:
    detail = error.errors[0] if error.errors else {}
    seen = str(detail.get("highlight") or "")
    lines = source.text.split("\n")
    line, column = int(detail.get("line") or 1), int(detail.get("col") or 1)
    at = sum(len(item) + 1 for item in lines[: line - 1]) + max(column - len(seen), 0)
    return source.fault("GJ-S202", f"“{seen}”这里读不通", at, hint="请检查括号是否成对、运算符两边是否都有值")
