"""xAPI Profiles (adlnet/xapi-profiles 1.0): load them, find a statement's templates, say which rules it breaks."""
