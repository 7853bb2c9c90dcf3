"""Language maps: Dutch as Flemish schools speak it, English, French."""

Words = dict[str, str]


def words(nl: str, en: str, fr: str) -> Words:
    return {"nl": nl, "en": en, "fr": fr}


def joined(prefix: Words, suffix: Words, between: str = "") -> Words:
    """Two maps, language by language."""
    return {language: prefix[language] + between + suffix[language] for language in prefix}
