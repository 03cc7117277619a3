"""Running what tests.json lists, and counting what came of it. build/test is the command."""
