"""The CV in other forms: one module a form. Each holds what is printed, and no more."""
