"""What is wrong with a statement."""


class InvalidStatement(ValueError):
    """A statement that the specification refuses.

    `message` says what is wrong, `path` where (`$.actor.mbox`), `rule` names the rule, `spec` its section.
    """

    def __init__(self, message: str, path: str, rule: str, spec: str) -> None:
        super().__init__(message)
        self.message, self.path, self.rule, self.spec = message, path, rule, spec
