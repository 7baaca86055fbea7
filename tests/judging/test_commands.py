"""`nomdeplume rank` and `nomdeplume assign`, as typed."""

import json

import pytest
import typer
from invented_panels import SHROUT_FLEISS
from typer.testing import CliRunner

from app.cli.assign import assign
from app.cli.rank import rank

HEADER = "entry,judge,criterion,mark\n"
SHEET = HEADER + "".join(
    f"Essay {i},{judge},overall,{score}\n"
    for i, row in enumerate(SHROUT_FLEISS, start=1)
    for judge, score in zip("ABCD", row, strict=True)
)


@pytest.fixture
def run(tmp_path):
    program = typer.Typer()
    program.command()(rank)
    program.command()(assign)

    def run(*arguments, marks=None):
        path = tmp_path / "marks.csv"
        if marks is not None:
            path.write_text(marks, encoding="utf-8")
        return CliRunner().invoke(program, [str(path) if each == "MARKS" else each for each in arguments])

    return run


def test_rank_prints_json_of_the_agreed_shape(run):
    result = run("rank", "MARKS", "--json", marks=SHEET)

    report = json.loads(result.stdout)
    assert result.exit_code == 0
    assert list(report) == ["method", "ranking", "judges", "variance", "agreement", "warnings"]
    assert report["method"] == "mean"
    assert list(report["ranking"][0]) == ["entry", "rank", "score", "sd", "p_best"]
    assert (report["ranking"][0]["entry"], report["ranking"][0]["score"]) == ("Essay 5", 7.5)
    assert list(report["judges"][0]) == ["judge", "effect", "sd"]
    assert list(report["variance"]) == ["entry", "judge", "noise", "objective"]
    assert list(report["agreement"]["icc"]) == ["1,1", "A,1", "C,1", "1,k", "A,k", "C,k"]
    assert list(report["agreement"]["alpha"]) == ["nominal", "ordinal", "interval", "ratio"]


@pytest.mark.parametrize("method", ["trimmed-mean", "median", "additive", "mean-rank", "borda", "schulze"])
def test_rank_takes_every_method(run, method):
    result = run("rank", "MARKS", "--method", method, "--json", marks=SHEET)

    assert json.loads(result.stdout)["method"] == method
    assert json.loads(result.stdout)["ranking"][0]["entry"] == "Essay 5"


def test_rank_prints_a_page_for_people(run):
    result = run("rank", "MARKS", marks=SHEET)

    assert result.exit_code == 0
    assert "Essay 5 leads, but the lead is not safe." in result.stdout
    assert "Kendall" in result.stdout


def test_rank_weighs_criteria(run):
    sheet = HEADER + "1,A,x,2\n1,A,y,1\n2,A,x,1\n2,A,y,2\n1,B,x,2\n1,B,y,1\n2,B,x,1\n2,B,y,2.5\n"

    plain = run("rank", "MARKS", "--json", marks=sheet)
    weighed = run("rank", "MARKS", "--json", "--weights", "x=3", marks=sheet)

    assert json.loads(plain.stdout)["ranking"][0]["entry"] == "2"
    assert json.loads(weighed.stdout)["ranking"][0]["entry"] == "1"


def test_rank_prints_null_where_nothing_can_be_had(run):
    result = run("rank", "MARKS", "--json", marks=HEADER + "1,A,x,5\n2,B,x,6\n")

    report = json.loads(result.stdout)
    assert set(report["agreement"]["icc"].values()) == {None}
    assert "NaN" not in result.stdout


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        ("", "line 1"),
        ("a,b,c\n", "line 1"),
        (HEADER, "nothing to rank"),
        (HEADER + "1,A,x,good\n", "line 2"),
        (HEADER + "1,A,x,5\n1,A,x,5\n", "line 3"),
        (HEADER + "1,A,x,5\n2,A,x,6\n", "one judge alone"),
        (HEADER + "1,A,x,5\n2,A,x,5\n1,B,x,5\n2,B,x,5\n", "equal"),
        (HEADER + '1,A,x,"5\n', "comma-separated"),
    ],
)
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_rank_says_what_is_wrong_and_where(run, marks, said, form):
    result = run("rank", "MARKS", *form, marks=marks)

    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""
    assert isinstance(result.exception, SystemExit)


def test_rank_refuses_a_file_it_cannot_read(run, tmp_path):
    (tmp_path / "latin").write_bytes(HEADER.encode() + b"\xe9,A,x,1\n")

    assert run("rank", "MARKS").exit_code == 2
    assert "UTF-8" in run("rank", str(tmp_path / "latin")).stderr
    assert run("rank").exit_code == 2


@pytest.mark.parametrize("arguments", [("--method", "ml"), ("--method", "reml"), ("--pairs", "pairs.csv")])
def test_rank_says_what_is_not_in_this_version(run, arguments):
    result = run("rank", "MARKS", *arguments, marks=SHEET)

    assert result.exit_code == 2
    assert "not in this version" in result.stderr


def test_assign_deals_evenly(run):
    result = run("assign", "--entries", "12", "--judges", "4", "--reads", "2", "--json")

    report = json.loads(result.stdout)
    assert [each["judge"] for each in report["judges"]] == ["1", "2", "3", "4"]
    assert {len(each["entries"]) for each in report["judges"]} == {6}
    assert (report["short"], report["connected"], report["warnings"]) == ([], True, [])


def test_assign_keeps_conflicts_apart_and_names_short_entries(run, tmp_path):
    conflicts = tmp_path / "conflicts.csv"
    conflicts.write_text("entry,judge\n3,1\n3,2\n", encoding="utf-8")

    result = run(
        "assign", "--entries", "6", "--judges", "3", "--reads", "2", "--conflicts", str(conflicts), "--json"
    )

    report = json.loads(result.stdout)
    assert report["short"] == [{"entry": "3", "wanted": 2, "found": 1}]
    assert [each["judge"] for each in report["judges"] if "3" in each["entries"]] == ["3"]


@pytest.mark.parametrize(
    "content", ["entry\n3\n", "entry,judge\n99,1\n", "entry,judge\n1\n", 'entry,judge\n"1\n']
)
def test_assign_says_what_is_wrong_with_conflicts(run, tmp_path, content):
    conflicts = tmp_path / "conflicts.csv"
    conflicts.write_text(content, encoding="utf-8")

    result = run("assign", "--entries", "6", "--judges", "3", "--reads", "2", "--conflicts", str(conflicts))

    assert result.exit_code == 2
    assert "line" in result.stderr


def test_assign_refuses_more_readers_than_judges(run):
    assert run("assign", "--entries", "6", "--judges", "3", "--reads", "4").exit_code == 2


def test_assign_prints_the_same_deal_for_the_same_seed(run):
    arguments = ("assign", "--entries", "6", "--judges", "3", "--reads", "2", "--seed", "5")

    assert run(*arguments).stdout == run(*arguments).stdout
    assert "In this order" in run(*arguments).stdout
