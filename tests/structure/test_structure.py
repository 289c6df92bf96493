"""The shape of the project: sizes, templates, routes."""

import ast
from pathlib import Path

import pytest
from flask import Flask

ROOT = Path(__file__).parents[2]
PYTHON = [
    path
    for folder in ("careercenter", "search_sync", "tests", "benchmarks")
    for path in sorted((ROOT / folder).rglob("*.py"))
]
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", PYTHON, ids=name)
def test_a_python_file_holds_at_most_300_lines_and_functions_of_40(path):
    source = path.read_text()
    assert source.count("\n") <= 300
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < 40, node.name


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_compiles_and_holds_at_most_150_lines(path, made_app: Flask):
    source = path.read_text()
    assert source.count("\n") <= 150
    made_app.jinja_env.parse(source)


def test_every_module_says_what_it_is():
    ours = [path for path in PYTHON if path.parts[len(ROOT.parts)] != "tests"]
    silent = [name(path) for path in ours if not ast.get_docstring(ast.parse(path.read_text()))]
    assert silent == []


def test_features_hold_an_empty_init():
    for path in (ROOT / "careercenter").glob("*/__init__.py"):
        assert len(ast.parse(path.read_text()).body) == 1, name(path)


def test_every_route_is_on_the_list(made_app: Flask):
    """A route that comes or goes is seen in review: an address that dies needs a redirect."""
    routes = sorted(
        f"{','.join(sorted(rule.methods - {'HEAD', 'OPTIONS'}))} {rule.rule}"
        for rule in made_app.url_map.iter_rules()
    )
    listed = (Path(__file__).parent / "routes.txt").read_text().splitlines()
    assert routes == listed


def test_no_view_is_longer_than_25_lines(made_app: Flask):
    import inspect  # noqa: PLC0415

    for endpoint, view in made_app.view_functions.items():
        lines = inspect.getsource(inspect.unwrap(view)).count("\n")
        assert lines <= 30, endpoint
