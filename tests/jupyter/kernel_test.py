"""The Jupyter project's conformance test, with every sample filled in: nothing may be skipped."""

import os
import unittest

import jupyter_kernel_test


class CSharpKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = os.environ["KERNEL_NAME"]
    language_name = "C#"
    file_extension = ".cs"
    code_hello_world = 'Console.WriteLine("hello, world");'
    code_stderr = 'Console.Error.WriteLine("oops");'
    completion_samples = [
        {"text": "Console.WriteL", "matches": {"WriteLine"}},
        {"text": "Math.Flo", "matches": {"Floor"}},
        {"text": "DateTime.Toda", "matches": {"Today"}},
    ]
    complete_code_samples = [
        "1 + 1",
        "var x = 5;",
        "for (var i = 0; i < 3; i++) { }",
        "// only a comment",
        "using System.Diagnostics;",
    ]
    incomplete_code_samples = [
        "for (var i = 0; i < 3; i++) {",
        "int F(int x)\n{\n    return x;",
        'var s = @"unfinished',
    ]
    invalid_code_samples = ["}", "int 5x = 3;", "var x = ;"]
    code_page_something = 'Page("something long to read")'
    code_generate_error = 'throw new InvalidOperationException("on purpose");'
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": '"abc".Length', "result": "3"},
        {"code": "6 * 7", "result": "42"},
        {"code": "6 * 7", "result": "42"},
        {"code": 'HTML("<b>bold</b>")', "mime": "text/html", "result": "<b>bold</b>"},
    ]
    code_display_data = [
        {"code": 'HTML("<i>x</i>").Display();', "mime": "text/html"},
        {"code": '"<svg/>".DisplayAs("image/svg+xml");', "mime": "image/svg+xml"},
        {"code": 'display(new[] { 1, 2 });', "mime": "text/plain"},
    ]
    code_history_pattern = "6 * ?"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Console.WriteLine"
    code_clear_output = "ClearOutput();"


if __name__ == "__main__":
    result = unittest.main(exit=False, verbosity=2).result
    if result.skipped:
        raise SystemExit(f"skipped: {result.skipped}")
    raise SystemExit(0 if result.wasSuccessful() and result.testsRun >= 12 else 1)
