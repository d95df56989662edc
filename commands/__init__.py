"""The commands of the command line, by what they are about; baoku.py puts them together."""
