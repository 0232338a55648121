"""A history of what several processes share is read within one of them, from whose pages it is linked."""

from django.test import Client

from issues.models import Source
from issues.tests.universe import Universe


def test_the_source_that_reports_another_is_read_in_the_process_of_that(
    universe: Universe, reader: Client
) -> None:
    (via,) = Source.objects.filter(reports__isnull=False).distinct()
    assert reader.get(f"/lenna/sources/{via.pk}/").status_code == 200
    assert reader.get(f"/history/source/{via.pk}/?process=lenna").status_code == 200
