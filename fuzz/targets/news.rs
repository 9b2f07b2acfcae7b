//! NITF and NewsML-G2 are read, or refused with an error that can be shown.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wiezei::formats::records::Form;

mod reading;

fuzz_target!(|input: &[u8]| reading::all(input, Form::Xml));
