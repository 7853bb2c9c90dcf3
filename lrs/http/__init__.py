"""HTTP: one file per xAPI resource, and what they share: version, credentials, errors."""
