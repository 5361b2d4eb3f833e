"""`guiju opinions`, as a committee's secretary uses it."""

from __future__ import annotations

from docx import Document


def test_forms_become_a_table(guiju, tmp_path):
    paper = Document()
    paper.add_paragraph("提出单位：示例市甲局")
    table = paper.add_table(rows=2, cols=3)
    for row, texts in zip(table.rows, (("条款", "意见", "理由"), ("99.9", "改", "")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    paper.save(tmp_path / "甲.docx")
    read = guiju("opinions", "import", "item-management", "甲.docx")
    assert read.returncode == 0, read.stderr
    assert "意见 1 条，已登记过 0 条" in read.stdout
    assert "标准里没有条款 99.9" in read.stdout
    told = guiju("opinions", "table", "item-management")
    assert (told.returncode, "未处理 1 条" in told.stdout) == (0, True), told.stderr
    assert (tmp_path / "征求意见" / "征求意见汇总处理表.docx").is_file()
    none = guiju("opinions", "answer", "征求意见/征求意见汇总处理表.xlsx", "--by", "起草组")
    assert (none.returncode, "登记处理意见 0 条" in none.stdout) == (0, True), none.stderr
    wrong = guiju("opinions", "answer", "甲.docx", "--by", "起草组")
    assert (wrong.returncode, "GJ-I573" in wrong.stderr) == (2, True)
