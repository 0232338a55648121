"""``manage.py consistency PROCESS``: the consistent bundles of outcomes, for spaces too large for a page."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from issues.domain.consistency import IN_A_COMMAND, STARTS, sample, search
from issues.models import Process
from issues.queries.reading.process import read
from issues.queries.scenarios.consistency import BundleRow, bundle_rows, parties, space

SHOWN = 50


class Command(BaseCommand):
    """Search every combination up to 10 million; beyond, follow random starts, and say so."""

    help = "Find the consistent bundles of outcomes by the judgements of a process (cross-impact balance)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The process, and how the search goes."""
        parser.add_argument("process", help="the slug of the process")
        parser.add_argument("--summit", default="", help="as of this summit; the latest otherwise")
        parser.add_argument("--starts", type=int, default=STARTS, help="random starts beyond 10 million")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the bundles that cross the fewest red lines first."""
        process = Process.objects.filter(slug=options["process"]).first()
        if process is None:
            raise CommandError(f"There is no process “{options['process']}”.")
        reading = read(process)
        summit = reading.by_slug(options["summit"]) if options["summit"] else reading.latest
        if summit is None:
            raise CommandError("There is no such summit, or none was held.")
        judged = space(reading)
        if not judged.issues:
            raise CommandError("Nothing was judged in this process.")
        if options["starts"] < 1:
            raise CommandError("At least one start is needed.")
        number = judged.combinations
        if number <= IN_A_COMMAND:
            result = search(judged.sizes, judged.impacts, self._progress)
            summary = f"All {number:,} combinations were looked at: {result.total:,} consistent."
        else:
            result = sample(judged.sizes, judged.impacts, starts=options["starts"], progress=self._progress)
            summary = (
                f"NOT EXHAUSTIVE: {result.looked_at:,} random starts among {number:,} combinations led to "
                f"{result.total:,} consistent bundles; there may be others."
            )
        self.stderr.write("")
        self.stdout.write(summary)
        names = [item.actor.name for item in parties(reading)]
        for place, row in enumerate(bundle_rows(reading, judged, result.bundles, summit, SHOWN), 1):
            self.stdout.write(self._line(place, row, names))

    def _progress(self, done: int, of: int) -> None:
        self.stderr.write(f"\r{done:,} of {of:,} ({done / of:.0%})", ending="")

    def _line(self, place: int, row: BundleRow, names: list[str]) -> str:
        options = "; ".join(f"{option.issue.name} {option}" for option in row.options)
        fits = ", ".join(
            f"{name} {'not scored' if fit.value is None else f'{fit.value:.0f}'} (n = {fit.n})"
            for name, fit in zip(names, row.fits, strict=True)
        )
        lines = row.breach
        if row.crossed:
            lines += f" (crosses {'; '.join(f'{actor} on {issue}' for actor, issue in row.crossed)})"
        return f"{place}. margin {row.margin:g}; red lines: {lines}; fit: {fits}\n   {options}"
