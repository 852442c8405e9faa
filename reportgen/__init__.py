"""The annual report on the Clandestine Entrant Civil Penalty Scheme, from a folder of inputs and a folder of words."""
