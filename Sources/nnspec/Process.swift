import Diagnostics
import NNSpecKit
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What the process needs from the system before anything else.
enum ProcessSetup {
    static func prepare() {
        // A closed pipe is an error of the write that meets it, not a sudden death.
        signal(SIGPIPE, SIG_IGN)
        // So is a file beyond the limit on its size.
        signal(SIGXFSZ, SIG_IGN)
        // A closed standard stream would hand its number to the next file that is opened.
        for descriptor in Int32(0)...2 where fcntl(descriptor, F_GETFD) == -1 { _ = open("/dev/null", O_RDONLY) }
        FatalSignals.install()
    }
}

/// How messages are printed.
enum MessageForm: String, CaseIterable { case text, github }

/// From arguments to the exit status: the one place where diagnostics are printed and the status is decided.
enum Front {
    static func run(_ arguments: [String]) -> Int32 {
        let sink = DiagnosticSink()
        var invocation: Invocation?
        var form = MessageForm.text
        do throws(Stopped) {
            switch try ArgumentScanner.scan(arguments, sink: sink) {
            case .help(let command):
                try StandardOutput.write(command.map(HelpText.of) ?? HelpText.overview, sink: sink)
            case .version:
                try StandardOutput.write("nnspec \(NNSpec.version)\n", sink: sink)
            case .run(let command, let scanned):
                invocation = scanned
                try NNSpec.checkEnvironment(sink: sink)
                if command.choosesMessageForm { form = try scanned.choice("format", MessageForm.self, sink) ?? .text }
                try command.run(scanned, sink)
            }
        } catch {
            if invocation?.has("json") ?? arguments.contains("--json") { reportFailure(sink) }
        }
        // A note tells what was done as the spec asks; --quiet wants to hear of trouble only. Who closed our output has read enough.
        let shown = sink.diagnostics.filter {
            ($0.severity != .note || invocation?.has("quiet") != true) && $0.code != Diagnostic.readerLeft.code
        }
        if !shown.isEmpty {
            StandardError.write(
                form == .github ? AnnotationRenderer.render(shown) : TextRenderer(color: StandardError.hasColor).render(shown))
        }
        return ExitStatus.of(sink.diagnostics)
    }

    /// With --json the failure too is one document on stdout; the text for people goes to stderr as always.
    private static func reportFailure(_ sink: DiagnosticSink) {
        do throws(Stopped) {
            try StandardOutput.write(JSONDocument.outcome(sink.diagnostics), sink: sink)
        } catch {
            // The write put its own error into the sink.
        }
    }
}
