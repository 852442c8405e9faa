"""An outsider who attacks what was published: the independent attacker of disclosure control.

Goes in: one or several folders of outputs, read as a member of the public would read them. Comes out: for each hidden
cell the interval in which it must lie. The relations come from the published files (which breakdowns there are and
which pairs of them), from the definitions of the measures, and from the law; nothing is imported from the rooms that
protect. Only the harness (``truth``, ``seats``, ``judge``, ``years``) reads the inputs, to say whether an interval is
too narrow and what a contributor knows about its own case.
"""
