"""The diagram of the models is what the models say."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from issues.management.commands.er_diagram import er_diagrams
from issues.models import Issue, Option, Position

KEPT = Path(settings.BASE_DIR) / "docs" / "models.md"


def test_the_file_is_what_the_command_writes(tmp_path: Path) -> None:
    call_command("er_diagram", tmp_path / "models.md")
    assert (tmp_path / "models.md").read_text("utf-8") == KEPT.read_text("utf-8"), (
        "Run `manage.py er_diagram docs/models.md`."
    )


@pytest.mark.parametrize(
    "said",
    [
        "## `issues.models.issue`",
        "    Option {\n        BigAuto id PK",
        "        ForeignKey issue FK",
        "    Option }o--|| Issue : issue",
        "    Issue }o--o| Option : reference_point",
    ],
)
def test_a_file_has_its_models_their_fields_and_what_they_refer_to(said: str) -> None:
    drawn = er_diagrams([Option, Issue, Position]).split("## `issues.models.position`")[0]
    assert said in drawn
