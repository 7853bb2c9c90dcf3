"""Write `gsl.jsonld`."""

from schemas.xapi.profiles.gsl_authoring.document import FILE, text

if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
