// Applies a ticked filter or a chosen order at once; without this script the buttons do the same.
for (const control of document.querySelectorAll("input[type=checkbox][form=search], select[form=search]")) {
  control.addEventListener("change", () => control.form.requestSubmit());
}
