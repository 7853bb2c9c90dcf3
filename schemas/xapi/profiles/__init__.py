"""xAPI Profiles: our own, `gsl.jsonld`, and what it is written from."""
