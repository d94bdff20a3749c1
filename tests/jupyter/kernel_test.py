"""The Jupyter project's conformance test, with every sample filled in: nothing may be skipped."""

import inspect
import os
import unittest

import jupyter_kernel_test
from jupyter_client.manager import start_new_kernel

# In seconds, and only to make an error of a hang: the test's own times, down to a tenth of a second, are too short for a busy machine.
PATIENCE = 600
jupyter_kernel_test.TIMEOUT = PATIENCE


def patient(get_msg):
    async def wait_long(timeout=None):
        return await get_msg(timeout=PATIENCE)

    return wait_long if inspect.iscoroutinefunction(get_msg) else lambda timeout=None: get_msg(timeout=PATIENCE)


class CSharpKernelTests(jupyter_kernel_test.KernelTests):
    @classmethod
    def setUpClass(cls):
        cls.km, cls.kc = start_new_kernel(kernel_name=cls.kernel_name, startup_timeout=PATIENCE)

    def execute_helper(self, code, timeout=PATIENCE, **how):
        channel = self.kc.iopub_channel
        channel.get_msg = patient(channel.get_msg)
        try:
            return super().execute_helper(code, timeout=timeout, **how)
        finally:
            del channel.get_msg

    def history_helper(self, execute_first, timeout=PATIENCE, **how):
        return super().history_helper(execute_first, timeout=timeout, **how)

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
