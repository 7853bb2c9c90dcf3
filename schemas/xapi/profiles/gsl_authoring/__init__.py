"""What `gsl.jsonld` is written from: `python -m schemas.xapi.profiles.gsl_authoring` writes it anew.

The profile is data for others; these files are how its authors keep seventy-odd templates in three languages alike.
"""
