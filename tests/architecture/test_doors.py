import grimp
import pytest
from django.conf import settings

from tests.architecture.layers import ROOT, app_of

PRIVATE = {"views", "forms", "tasks", "urls", "wagtail_hooks", "api", "schedule", "datasets"}
DECLARATIONS = set(settings.DECLARATIONS)


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph("zenne")


def word_of(module: str) -> str:
    """The file of an app that a module belongs to: `views` for `zenne.people.accounts.views.sign_in`."""
    rest = module.removeprefix("zenne.").removeprefix(app_of(module)).strip(".")
    return rest.split(".")[0]


def holds_registry(module: str) -> bool:
    file = ROOT / f"{module.replace('.', '/')}.py"
    return file.exists() and "= Registry(" in file.read_text()


def test_views_forms_tasks_and_declarations_are_used_by_their_own_app_only(graph):
    """Four doors are public: models, queries, actions, rules (ARCHITECTURE, corollary 5). `config` assembles, and may.

    The file in which a registry stands is a door as well: that is what a registry is for.
    """
    used = [
        f"{importer} imports {module}"
        for module in graph.modules
        if module.startswith("zenne.") and word_of(module) in PRIVATE | DECLARATIONS and not holds_registry(module)
        if app_of(module) not in {"config", "core", "web", "methods"}
        for importer in graph.find_modules_that_directly_import(module)
        if app_of(importer) not in {app_of(module), "config"}
    ]
    assert not used, "private doors used:\n" + "\n".join(sorted(used))


def test_only_entrances_import_entrances(graph):
    """`urls` names views; beyond that, nobody imports an entrance."""
    entrances = {"wagtail_hooks", "api", "schedule", "datasets", "activity"}
    used = [
        f"{importer} imports {module}"
        for module in graph.modules
        if module.startswith("zenne.") and word_of(module) in entrances and app_of(module) != "config"
        for importer in graph.find_modules_that_directly_import(module)
        if app_of(importer) != "config" and word_of(importer) not in {word_of(module), "urls"}
    ]
    assert not used, "entrances that somebody imports:\n" + "\n".join(sorted(used))
