"""`jianbao inspect`: what was read, in the terminal, and exit codes."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from jianbao.cli.main import app

PAGE = (
    "柳河日报　2021年9月14日　02版\n\n两市签约\n本报讯（记者 张三）两市昨日签署合作协议，双方将共建园区。\n\n"
    "园区开工\n本报讯（记者 李四）园区昨日开工，首期投资３亿元，占地一千亩。\n责任编辑：王某\n"
)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_inspect_shows_what_was_read(page: Path) -> None:
    result = CliRunner().invoke(app, ["inspect", str(page)])
    assert result.exit_code == 0
    for shown in (
        "两市签约",
        "园区开工",
        "柳河日报",
        "张三",
        "2021-09-14 (date_line)",
        "hans",
        "mainland",
        "utf-8",
        "byline",
        "editor",
        "3亿元",
        "characters",
    ):
        assert shown in result.output
    second = PAGE.index("园区开工")
    assert f"from character 0 to {second}" in result.output
    assert f"from character {second} to {len(PAGE)}" in result.output


def test_inspect_leaves_the_folded_text_out(page: Path) -> None:
    result = CliRunner().invoke(app, ["inspect", str(page), "--no-folded"])
    assert result.exit_code == 0
    assert "３亿元" in result.output
    assert "3亿元" not in result.output


def test_inspect_uses_the_date_given(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("两市签署合作协议。", encoding="utf-8")
    assert "2018-03-30 (given)" in CliRunner().invoke(app, ["inspect", str(path), "--published", "2018-03-30"]).output


def test_inspect_of_what_cannot_be_read_is_an_error(page: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    result = CliRunner().invoke(app, ["inspect", str(page), str(tmp_path / "empty.txt")])
    assert result.exit_code == 1
    assert "两市签约" in result.output
    assert CliRunner().invoke(app, ["inspect", str(tmp_path / "missing.txt")]).exit_code == 2


def test_inspect_lines_cannot_steer_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("两市签约\x1b[31m\n[bold]两市签署合作协议。[/bold]", encoding="utf-8")
    output = CliRunner().invoke(app, ["inspect", str(path)]).output
    assert "\x1b[31m" not in output
    assert "[bold]" in output


def test_inspect_help_has_an_example() -> None:
    result = CliRunner().invoke(app, ["inspect", "--help"])
    assert result.exit_code == 0
    assert "jianbao inspect" in result.output
