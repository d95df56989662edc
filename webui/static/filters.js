// Applies a ticked filter or a chosen order at once, and keeps empty fields out of the address.
// Without this script the buttons do the same.
for (const control of document.querySelectorAll("input[type=checkbox][form=search], select[form=search]")) {
  control.addEventListener("change", () => control.form.requestSubmit());
}

document.getElementById("search").addEventListener("formdata", ({ formData }) => {
  for (const [name, value] of [...formData]) {
    if (!value) formData.delete(name);
  }
});
