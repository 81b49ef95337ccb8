"""The newcomer's pages tell the truth: settings, commands, routes and verbs are those of the code."""

import ast
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import get_args

import app
from bot.commands.slackcheck import wanted_scopes
from bot.settings import read_settings
from domain.desk.customer import COMMANDS
from domain.desk.opening import OPENS_FOR
from domain.desk.verbs import VERBS
from domain.policy import Policy
from storage.outbox import KEPT_HEARD, KEPT_POISON, KEPT_SETTLED
from tests.chaos.sweep import Tale
from tests.structure.ground import ROOT, calls, modules, text, trees

README = text("README.md")
PAGES = ("README.md", "CONTRIBUTING.md", "PRIVACY.md", "docs/connect.md")
_ROW = re.compile(r"^\| `([^`]+)` \|", re.MULTILINE)
_TARGET = re.compile(r"^([a-z]+):(?! =)", re.MULTILINE)
_MAKE = re.compile(r"(?:^|`) *make ([a-z]+)", re.MULTILINE)


class Asked(Mapping[str, str]):
    """An environment in which nothing is set, and which notes what it was asked for."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.names.add(name)
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def read_variables() -> set[str]:
    env = Asked()
    read_settings(env, ROOT)
    return env.names


def rows(shape: str) -> set[str]:
    return {found for found in _ROW.findall(README) if re.fullmatch(shape, found)}


def test_the_readme_has_the_variables_that_the_settings_read_and_no_others() -> None:
    assert rows("[A-Z_]+") == {name for name in read_variables() if not name.endswith("_FILE")} | {"POLICY_FILE"}


def test_the_example_of_an_environment_has_them_too_and_sets_none() -> None:
    example = text(".env.example")
    named = set(re.findall(r"^#([A-Z_]+)=", example, re.MULTILINE))
    assert named == rows("[A-Z_]+")
    assert all(line.startswith("#") or not line for line in example.splitlines())


def test_the_example_names_every_secret_that_may_come_from_a_file() -> None:
    about = text(".env.example").split("# --- ")[0]
    secrets = {name.removesuffix("_FILE") for name in read_variables() if name.endswith("_FILE")} - {"POLICY"}
    assert secrets == set(re.findall(r"[A-Z]+_[A-Z_]+", about)) - {"NAME_FILE"}


def test_the_usual_values_in_the_readme_are_those_of_the_code() -> None:
    usual = dict(re.findall(r"^\| `([A-Z_]+)` \| `([^`]+)` \|", README, re.MULTILINE))
    values = {name: value for name, value in usual.items() if name not in ("PUBLIC_URL", "POLICY_FILE")}
    assert len(values) >= 8
    assert read_settings(values, ROOT) == read_settings({}, ROOT)
    assert (ROOT / usual["POLICY_FILE"]).exists()


def test_a_variable_that_the_readme_calls_unread_is_unread() -> None:
    unread = set(re.findall(r"`([A-Z_]+)` is not\s+read", README))
    assert unread.isdisjoint(read_variables())


def test_every_make_target_named_in_the_pages_exists_and_the_readme_names_all_but_setup() -> None:
    targets = set(_TARGET.findall(text("Makefile")))
    pages = README + text("CONTRIBUTING.md") + text(".env.example") + text(".ci/run")
    assert set(_MAKE.findall(pages)) <= targets
    assert set(_MAKE.findall(README)) >= targets - {"setup"}


def test_the_readme_names_the_verbs_of_app_py() -> None:
    line = next(line for line in README.splitlines() if line.startswith("`app.py` takes one word"))
    said = re.findall(r"`([a-z]+)`(?= \(|,|\.)", line)
    assert said == [*app.VERBS, *app.BARE]
    assert set(re.findall(r"app\.py ([a-z]+)", README)) <= {*app.VERBS, *app.BARE}


def test_the_readme_has_the_usage_of_every_staff_verb() -> None:
    assert rows(r"/port .*") == {f"/port {verb.name} {verb.usage}".strip() for verb in VERBS.values()}


def test_the_readme_has_every_command_of_customers() -> None:
    assert {found for found in rows("/[a-z_]+") if found not in ("/healthz", "/metrics", "/verify")} == {
        f"/{command}" for command in COMMANDS
    }


def test_the_readme_has_every_http_route() -> None:
    routes = {
        call.args[0].value
        for _, tree in trees("bot")
        for call in calls(tree, "Route")
        if isinstance(call.args[0], ast.Constant)
    }
    telegram = {f"/{command}" for command in COMMANDS}
    assert routes == {found for found in rows("/[^ ]+") if found not in telegram}


def test_the_rooms_of_the_readme_are_there() -> None:
    rooms = [found for found in _ROW.findall(README) if found == "app.py" or re.fullmatch(r"[a-z]+/[a-z/]*", found)]
    assert len(rooms) >= 8
    assert all((ROOT / room).exists() for room in rooms)


def test_files_that_the_pages_point_to_are_there() -> None:
    for page in PAGES:
        named = set(re.findall(r"`((?:[\w.]+/)*[\w.-]+\.(?:py|md|toml|yml|lock|example))`", text(page)))
        missing = {n for n in named if not (ROOT / n).exists() and not (ROOT / "tests" / "structure" / n).exists()}
        assert missing == set(), page


def test_links_and_pictures_of_the_pages_are_there() -> None:
    for page in PAGES:
        linked = re.findall(r"\]\((?!https?:)([^)#]+)", text(page))
        assert {each for each in linked if not (ROOT / page).parent.joinpath(each).exists()} == set(), page


def test_the_scopes_that_are_explained_are_those_of_the_manifest() -> None:
    explained = re.findall(r"^\| `([a-z:.]+)` \|", text("docs/connect.md"), re.MULTILINE)
    assert explained == wanted_scopes(text("manifest.yml"))
    assert len(explained) >= 7


def test_the_connecting_page_names_only_settings_that_there_are() -> None:
    named = set(
        re.findall(
            r"\b((?:TELEGRAM|SLACK|SMTP|DATABASE|FILES|PUBLIC|ENCRYPTION|DATA)_[A-Z_]+)", text("docs/connect.md")
        )
    )
    assert len(named) >= 10
    assert named <= read_variables()


def test_the_privacy_page_says_how_long_things_are_kept_as_the_code_does() -> None:
    page = text("PRIVACY.md")
    assert (timedelta(days=30), timedelta(days=30)) == (KEPT_SETTLED, KEPT_POISON)
    assert "their row 30 days later" in page
    assert "database, encrypted | 30 days" in page
    days = Policy().close_days
    assert f"`close_days` ({days}) after the request ended; what is left, history aside, 30 days later" in page
    assert "30 days after they could last be confirmed" in page
    assert f"| {KEPT_HEARD // timedelta(hours=1)} hours |" in page
    assert f"Unfinished requests are closed after {Policy().close_days} days" in page
    assert f"({Policy().keep_letters} at least)" in page
    assert timedelta(minutes=10) == OPENS_FOR
    assert "once within ten minutes" in page


def test_changes_have_an_unreleased_part_and_decisions_are_short() -> None:
    assert "## [Unreleased]" in text("CHANGELOG.md")
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    assert {page.name: n for page in pages if (n := len(page.read_text("utf-8").splitlines())) > 30} == {}


def test_every_decision_has_its_number_and_says_since_when_it_holds() -> None:
    for page in sorted((ROOT / "docs" / "decisions").glob("*.md")):
        head, _, status = page.read_text("utf-8").splitlines()[:3]
        assert head.startswith(f"# {int(page.name[:4])}. "), page.name
        assert re.fullmatch(r"Status: taken, \d{4}-\d\d-\d\d\.", status), page.name


def test_the_readme_names_every_bench_and_counts_the_stories_of_deaths() -> None:
    started = {name for name, source in modules("bench") if 'if __name__ == "__main__":' in source}
    benches = {name for name, tree in trees("bench") if name in started and any(calls(tree, "table"))}
    named = {f"{name.replace('.', '/')}.py" for name in re.findall(r"-m (bench\.\w+)`", README)}
    assert named == benches - {"bench/__main__.py"}
    assert f"{('no', 'one', 'two', 'three', 'four', 'five')[len(get_args(Tale))]} stories" in README


def test_the_licence_is_the_one_that_the_project_declares() -> None:
    assert 'license = "Apache-2.0"' in text("pyproject.toml")
    assert "Version 2.0, January 2004" in text("LICENSE")
    assert "END OF TERMS AND CONDITIONS" in text("LICENSE")
