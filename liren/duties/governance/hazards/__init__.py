"""Hazards (安全隐患): found, set right or noticed, checked again by somebody else, closed or handed on to who may punish."""
