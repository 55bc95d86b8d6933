/** Lines that only continue a stack trace: its head says what happened, these say where. */
const FRAMES: readonly RegExp[] = [
  // Java, Node and .NET: "    at com.example.Main.run(Main.java:12)"; Java's "... 12 more".
  /^\s+at\s+\S/,
  /^\s*\.{3}\s*\d+\s+(?:more|common frames)/,
  // Ruby: "	from app.rb:3:in `run'".
  /^\s*from\s.{1,300}:\d+:in\s/,
  // Python: "  File "app.py", line 3, in run"; the source line beneath it is indented deeper.
  /^\s+File ".{1,300}", line \d+/,
  /^ {4,}\S/,
  /^Traceback \(most recent call last\):/,
  // Go: "goroutine 1 [running]:", "main.run(0x1, …)", "	/src/main.go:12 +0x1d".
  /^goroutine \d+ \[/,
  /^\t\S{1,300}\.go:\d+/,
  /^(?:created by )?[\w./*-]+(?:\.\(\*?\w+\))?\.\w+\((?:0x|\{|\.\.\.|\)$)/,
  /^created by \S+/,
];

/** Whether a line belongs to the body of a stack trace in Go, Java, Python, Node, Ruby or .NET. */
export function isStackFrame(line: string): boolean {
  return FRAMES.some((pattern) => pattern.test(line));
}
