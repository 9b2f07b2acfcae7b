//! Records in any form of table, JSON or text, and in any encoding, are read or
//! refused with an error that can be shown. The first byte says the form.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wiezei::formats::records::Form;

mod reading;

const FORMS: [Form; 6] =
    [Form::Auto, Form::Text, Form::Jsonl, Form::Json, Form::Csv, Form::Tsv];

fuzz_target!(|input: &[u8]| {
    let Some((first, input)) = input.split_first() else { return };
    reading::all(input, FORMS[usize::from(*first) % FORMS.len()]);
});
