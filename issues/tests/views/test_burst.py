"""Several people send one form at the same moment: it is told or stored, and never an error of ours.

Every writing address of the table is sent what its own page would send, and nothing at all, by four at once.
"""

import pytest
from django.urls import reverse

from issues.tests.burst import administrators, at_once, fields_of, forms_of
from issues.tests.universe import Universe
from issues.tests.views.addresses import LOG

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_no_writing_address_fails_where_several_write_at_once(committed: Universe) -> None:
    people = administrators()
    sent: dict[str, list[int]] = {}
    for name, (_, args) in LOG.items():
        address = reverse(name, args=args(committed))
        sent[name] = at_once(people, address, {})
        for number, (form, to) in enumerate(forms_of(people[0].get(address), address)):
            if to == address:
                sent[f"{name} {number}"] = at_once(people, address, fields_of(form))

    assert len(sent) > len(LOG)
    assert {where: codes for where, codes in sent.items() if max(codes) >= 500} == {}
    # Something was done, and something was told to be too late or wrong.
    assert any(302 in codes for codes in sent.values())
    assert any({409, 422, 400} & {*codes} for codes in sent.values())
