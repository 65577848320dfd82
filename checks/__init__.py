"""The built-in checks: one module, one rule. Found by walking this package, never imported."""
