"""The back office of feasibility studies: services, the desk of an activity, the overview of studies, and one study."""
