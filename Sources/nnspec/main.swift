// The command line of nnspec. Arguments/ turns words into an invocation, Commands/ has one file per command, Terminal/ is what people
// see. Process.swift holds the way from the arguments to the exit status.
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

ProcessSetup.prepare()
exit(Front.run(Array(CommandLine.arguments.dropFirst())))
