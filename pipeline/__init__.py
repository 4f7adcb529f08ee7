"""From a received plan to a checkable record: one way through the rooms, read in `pipeline.flow`."""
