"""The engine behind the contract: finds plugins, admits them, and runs each check by itself."""
