"""Personal data known by heading or by sampled values. All numbers are such as nobody has."""

import pytest

from guiju.export import kind_of_heading, kind_of_values, personal_counts

NUMBER = "810000199001010001"
CARD = "6200000000000005"
MOBILE = "13" + "0" * 9


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("申请人证件号", "证件号码"),
        ("ID_CARD", "证件号码"),
        ("联系手机", "手机号"),
        ("诉求人", "姓名"),
        ("经办人姓名", "姓名"),
        ("银行账号", "银行卡号"),
        ("家庭住址", "住址"),
        ("是否联系诉求人", ""),
        ("申请人类型", ""),
        ("咨询电话", ""),
        ("办理地点", ""),
    ],
)
def test_headings(heading, kind):
    assert kind_of_heading(heading) == kind


def checked(body):
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(a) * b for a, b in zip(body, weights, strict=True)) % 11]


GOOD = checked(NUMBER[:17])


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        ([GOOD, f" {GOOD.lower()}　", ""], "证件号码"),
        ([checked("81000019900230000")], ""),
        ([GOOD[:-1] + ("1" if GOOD[-1] != "1" else "2")], ""),
        ([f"1{GOOD}"], ""),
        ([MOBILE, "无"], "手机号"),
        ([MOBILE, *"甲乙丙丁戊"], ""),
        ([CARD], "银行卡号"),
        (["6200000000000006"], ""),
        ([], ""),
    ],
)
def test_values(texts, kind):
    assert kind_of_values(texts) == kind


def test_counts_name_kinds_and_no_value():
    texts = [f"某局{GOOD}", MOBILE, "某局"]
    assert personal_counts(texts, phones=True) == [("证件号码", 1), ("手机号", 1)]
    assert personal_counts(texts, phones=False) == [("证件号码", 1)]
