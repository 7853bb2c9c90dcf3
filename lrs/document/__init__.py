"""The rules on state and profile documents: where one lies, when it may be changed, how two are merged. Pure."""
