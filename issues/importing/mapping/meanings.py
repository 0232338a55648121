"""What a value of a file may be said to mean."""

from issues.domain.scale import HIGHEST, LOWEST
from issues.importing.mapping.columns import CHOICES
from issues.importing.mapping.tables import CHOICES_OF
from issues.importing.mapping.values import MEANINGS, NUMBER_IS, OPTION_IS, ValueProblem, number_in


def is_meaning(meaning: str) -> bool:
    """Whether a value may be said to mean this: of a position, or of a field with few words."""
    if meaning.startswith(NUMBER_IS):
        try:
            number = number_in(meaning.removeprefix(NUMBER_IS))
        except ValueProblem:
            return False
        return number is not None and LOWEST <= number <= HIGHEST
    word = "_".join(meaning.casefold().replace("_", " ").split())
    choices = (CHOICES, *CHOICES_OF.values())
    words = {word for of in choices for words in of.values() for word in words}
    return meaning in MEANINGS or meaning.startswith(OPTION_IS) or word in words
