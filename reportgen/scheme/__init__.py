"""The scheme as data: law, data dictionary, measure definitions, specification of the publication."""
