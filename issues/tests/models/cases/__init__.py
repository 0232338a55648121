"""One case for every named constraint of the models."""

from issues.tests.models.cases import (
    accounts,
    changes,
    endings,
    jobs,
    links,
    occasions,
    parties,
    positions,
    proposals,
    releases,
    sheets,
    words,
)

CHECKS = (
    parties.CHECKS
    | occasions.CHECKS
    | words.CHECKS
    | positions.CHECKS
    | changes.CHECKS
    | sheets.CHECKS
    | endings.CHECKS
    | jobs.CHECKS
    | links.CHECKS
    | releases.CHECKS
    | accounts.CHECKS
    | proposals.CHECKS
)
UNIQUES = (
    parties.UNIQUES
    | occasions.UNIQUES
    | words.UNIQUES
    | positions.UNIQUES
    | changes.UNIQUES
    | sheets.UNIQUES
    | endings.UNIQUES
    | links.UNIQUES
    | releases.UNIQUES
    | accounts.UNIQUES
)
