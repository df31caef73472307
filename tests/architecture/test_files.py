import ast
import subprocess
from pathlib import Path

from tests.architecture.layers import ROOT

LONGEST_FILE = 500
LONGEST_TEST_FILE = 1000
LONGEST_FUNCTION = 60
# functions that may be longer, each with its reason; an entry that is no longer needed fails
EXCEPTIONS: dict[str, str] = {}
UNWANTED_WORDS = ("TODO", "FIXME", "lorem " + "ipsum")
UNWANTED_NAMES = {"utils", "common", "helpers", "helper", "misc", "manager"}


def sources(*folders: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *folders],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def python_files(folder: str) -> list[Path]:
    return [path for path in sources(folder) if path.suffix == ".py" and "migrations" not in path.parts]


def lengths(folder: str) -> dict[str, int]:
    return {str(path.relative_to(ROOT)): path.read_text().count("\n") for path in python_files(folder)}


def test_no_line_lives_in_a_long_file():
    long = {name: count for name, count in lengths("zenne").items() if count > LONGEST_FILE}
    long |= {name: count for name, count in lengths("tests").items() if count > LONGEST_TEST_FILE}
    assert not long, f"split by noun into a folder of the same name: {long}"


def test_functions_stay_readable_at_a_glance():
    long = {}
    for path in python_files("zenne"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                length = node.end_lineno - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    long[f"{path.relative_to(ROOT)}:{node.name}"] = length
    assert long.keys() == EXCEPTIONS.keys(), f"over {LONGEST_FUNCTION} lines: {long}"


def test_no_file_is_called_utils():
    vague = [str(path.relative_to(ROOT)) for path in python_files("zenne") if path.stem in UNWANTED_NAMES]
    assert not vague, f"name the thing (ARCHITECTURE, corollary 4): {vague}"


def test_nothing_says_that_it_is_unfinished():
    texts = [
        path for path in sources("zenne", "docs") if path.suffix in {".py", ".html", ".md", ".js", ".css", ".toml"}
    ]
    unfinished = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in texts
        for word in UNWANTED_WORDS
        if word in path.read_text(errors="replace")
    ]
    assert not unfinished, "\n".join(unfinished)
