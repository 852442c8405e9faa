"""Things with parts: what a template may reach of an object, and nothing else."""


class Parts:
    """A thing whose parts a template may name; nothing else of it can be reached."""

    PARTS: tuple[str, ...] = ()

    def names(self) -> tuple[str, ...]:
        """The parts that there are."""
        return self.PARTS
