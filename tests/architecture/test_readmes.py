from django.conf import settings

from tests.architecture.layers import ROOT

SCREEN = 80


def test_every_app_introduces_itself_on_one_screen():
    """README.md: the nouns, their states, who may do what."""
    faults = []
    for app in [*settings.HOUSE, "zenne.config"]:
        readme = ROOT / app.replace(".", "/") / "README.md"
        if not readme.exists():
            faults.append(f"{readme.relative_to(ROOT)} is missing")
        elif (lines := readme.read_text().count("\n")) > SCREEN:
            faults.append(f"{readme.relative_to(ROOT)} has {lines} lines, more than a screen of {SCREEN}")
    assert not faults, "\n".join(faults)
