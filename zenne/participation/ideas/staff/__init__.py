"""The back office of ideas: `listing` (the input manager, one step for many ideas), `page` (one idea), `entering` (on behalf of somebody), `exports`."""
