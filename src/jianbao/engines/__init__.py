"""Where article work runs. The same results by contract."""
