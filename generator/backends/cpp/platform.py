"""Names that the headers of the C library keep for themselves: macros, and what is global."""

from __future__ import annotations

import re

# Macros stand in every scope. These are what generated code sees with glibc, absl and ours.
_FAMILIES = re.compile(
    r"SYS_[a-z]\w*|PTHREAD_\w+|U?INT\w*_(?:MAX|MIN|WIDTH|C)|M_[A-Z0-9_]+(?:f\d*x?|l)?|CLONE_[A-Z]+|"
    r"(?:ABSL|ANNOTATE|IPC)_\w+|\w+_LOCK_FREE|HUGE_VAL\w*|LC_[A-Z_]+|SNAN\w*|_[A-Z]\w*|__\w*"
)
_MACROS = frozenset(
    """
    ACQUIRED_AFTER ACQUIRED_BEFORE ADDRESS_SANITIZER_REDZONE ADJ_ESTERROR ADJ_FREQUENCY
    ADJ_MAXERROR ADJ_MICRO ADJ_NANO ADJ_OFFSET ADJ_OFFSET_SINGLESHOT ADJ_OFFSET_SS_READ
    ADJ_SETOFFSET ADJ_STATUS ADJ_TAI ADJ_TICK ADJ_TIMECONST AIO_PRIO_DELTA_MAX
    ASSERT_EXCLUSIVE_LOCK ASSERT_SHARED_LOCK ATOMIC_FLAG_INIT ATOMIC_VAR_INIT BC_BASE_MAX
    BC_DIM_MAX BC_SCALE_MAX BC_STRING_MAX BIG_ENDIAN BOOL_MAX BOOL_WIDTH BUFSIZ BYTE_ORDER
    CHARCLASS_NAME_MAX CHAR_BIT CHAR_MAX CHAR_MIN CHAR_WIDTH CLOCKS_PER_SEC CLOCK_BOOTTIME
    CLOCK_BOOTTIME_ALARM CLOCK_MONOTONIC CLOCK_MONOTONIC_COARSE CLOCK_MONOTONIC_RAW
    CLOCK_PROCESS_CPUTIME_ID CLOCK_REALTIME CLOCK_REALTIME_ALARM CLOCK_REALTIME_COARSE CLOCK_TAI
    CLOCK_THREAD_CPUTIME_ID CLONE_CHILD_CLEARTID CLONE_CHILD_SETTID CLONE_PARENT_SETTID
    CLOSE_RANGE_CLOEXEC CLOSE_RANGE_UNSHARE COLL_WEIGHTS_MAX CPU_ALLOC CPU_ALLOC_SIZE CPU_AND
    CPU_AND_S CPU_CLR CPU_CLR_S CPU_COUNT CPU_COUNT_S CPU_EQUAL CPU_EQUAL_S CPU_FREE CPU_ISSET
    CPU_ISSET_S CPU_OR CPU_OR_S CPU_SET CPU_SETSIZE CPU_SET_S CPU_XOR CPU_XOR_S CPU_ZERO
    CPU_ZERO_S CSIGNAL DELAYTIMER_MAX DYNAMIC_ANNOTATIONS_ENABLED E2BIG EACCES EADDRINUSE
    EADDRNOTAVAIL EADV EAFNOSUPPORT EAGAIN EALREADY EBADE EBADF EBADFD EBADMSG EBADR EBADRQC
    EBADSLT EBFONT EBUSY ECANCELED ECHILD ECHRNG ECOMM ECONNABORTED ECONNREFUSED ECONNRESET
    EDEADLK EDEADLOCK EDESTADDRREQ EDOM EDOTDOT EDQUOT EEXIST EFAULT EFBIG EHOSTDOWN
    EHOSTUNREACH EHWPOISON EIDRM EILSEQ EINPROGRESS EINTR EINVAL EIO EISCONN EISDIR EISNAM
    EKEYEXPIRED EKEYREJECTED EKEYREVOKED EL2HLT EL2NSYNC EL3HLT EL3RST ELIBACC ELIBBAD ELIBEXEC
    ELIBMAX ELIBSCN ELNRNG ELOOP EMEDIUMTYPE EMFILE EMLINK EMSGSIZE EMULTIHOP ENAMETOOLONG
    ENAVAIL ENETDOWN ENETRESET ENETUNREACH ENFILE ENOANO ENOBUFS ENOCSI ENODATA ENODEV ENOENT
    ENOEXEC ENOKEY ENOLCK ENOLINK ENOMEDIUM ENOMEM ENOMSG ENONET ENOPKG ENOPROTOOPT ENOSPC ENOSR
    ENOSTR ENOSYS ENOTBLK ENOTCONN ENOTDIR ENOTEMPTY ENOTNAM ENOTRECOVERABLE ENOTSOCK ENOTSUP
    ENOTTY ENOTUNIQ ENXIO EOF EOPNOTSUPP EOVERFLOW EOWNERDEAD EPERM EPFNOSUPPORT EPIPE EPROTO
    EPROTONOSUPPORT EPROTOTYPE ERANGE EREMCHG EREMOTE EREMOTEIO ERESTART ERFKILL EROFS ESHUTDOWN
    ESOCKTNOSUPPORT ESPIPE ESRCH ESRMNT ESTALE ESTRPIPE ETIME ETIMEDOUT ETOOMANYREFS ETXTBSY
    EUCLEAN EUNATCH EUSERS EWOULDBLOCK EXCLUSIVE_LOCKS_REQUIRED EXCLUSIVE_LOCK_FUNCTION
    EXCLUSIVE_TRYLOCK_FUNCTION EXDEV EXFULL EXIT_FAILURE EXIT_SUCCESS EXPR_NEST_MAX FD_CLR
    FD_ISSET FD_SET FD_SETSIZE FD_ZERO FILENAME_MAX FOPEN_MAX FP_ILOGB0 FP_ILOGBNAN FP_INFINITE
    FP_INT_DOWNWARD FP_INT_TONEAREST FP_INT_TONEARESTFROMZERO FP_INT_TOWARDZERO FP_INT_UPWARD
    FP_LLOGB0 FP_LLOGBNAN FP_NAN FP_NORMAL FP_SUBNORMAL FP_ZERO F_LOCK F_OK F_TEST F_TLOCK
    F_ULOCK GUARDED_BY GUARDED_BY_FIXME HOST_NAME_MAX INFINITY IOV_MAX ITIMER_PROF ITIMER_REAL
    ITIMER_VIRTUAL LINE_MAX LITTLE_ENDIAN LLONG_MAX LLONG_MIN LLONG_WIDTH LOCKABLE
    LOCKS_EXCLUDED LOCK_RETURNED LOGIN_NAME_MAX LONG_BIT LONG_LONG_MAX LONG_LONG_MIN LONG_MAX
    LONG_MIN LONG_WIDTH L_INCR L_SET L_XTND L_ctermid L_cuserid L_tmpnam MATH_ERREXCEPT
    MATH_ERRNO MAXFLOAT MAX_CANON MAX_INPUT MB_CUR_MAX MB_LEN_MAX MOD_CLKA MOD_CLKB MOD_ESTERROR
    MOD_FREQUENCY MOD_MAXERROR MOD_MICRO MOD_NANO MOD_OFFSET MOD_STATUS MOD_TAI MOD_TIMECONST
    MQ_PRIO_MAX NAME_MAX NAN NFDBITS NGROUPS_MAX NL_ARGMAX NL_LANGMAX NL_MSGMAX NL_NMAX
    NL_SETMAX NL_TEXTMAX NO_THREAD_SAFETY_ANALYSIS NO_THREAD_SAFETY_ANALYSIS_FIXME NULL NZERO
    PATH_MAX PDP_ENDIAN PIPE_BUF PTRDIFF_MAX PTRDIFF_MIN PTRDIFF_WIDTH PT_GUARDED_BY P_tmpdir
    RAND_MAX RENAME_EXCHANGE RENAME_NOREPLACE RENAME_WHITEOUT RE_DUP_MAX RTSIG_MAX R_OK
    SCHAR_MAX SCHAR_MIN SCHAR_WIDTH SCHED_BATCH SCHED_DEADLINE SCHED_FIFO SCHED_IDLE SCHED_ISO
    SCHED_OTHER SCHED_RESET_ON_FORK SCHED_RR SCOPED_LOCKABLE SEEK_CUR SEEK_DATA SEEK_END
    SEEK_HOLE SEEK_SET SEM_FAILED SEM_VALUE_MAX SHARED_LOCKS_REQUIRED SHARED_LOCK_FUNCTION
    SHARED_TRYLOCK_FUNCTION SHRT_MAX SHRT_MIN SHRT_WIDTH SIG_ATOMIC_MAX SIG_ATOMIC_MIN
    SIG_ATOMIC_WIDTH SIZE_MAX SIZE_WIDTH SSIZE_MAX STA_CLK STA_CLOCKERR STA_DEL STA_FLL
    STA_FREQHOLD STA_INS STA_MODE STA_NANO STA_PLL STA_PPSERROR STA_PPSFREQ STA_PPSJITTER
    STA_PPSSIGNAL STA_PPSTIME STA_PPSWANDER STA_RONLY STA_UNSYNC STDERR_FILENO STDIN_FILENO
    STDOUT_FILENO TEMP_FAILURE_RETRY TIMER_ABSTIME TIMESPEC_TO_TIMEVAL TIMEVAL_TO_TIMESPEC
    TIME_UTC TMP_MAX TS_FIXME TS_UNCHECKED TS_UNCHECKED_READ TTY_NAME_MAX UCHAR_MAX UCHAR_WIDTH
    ULLONG_MAX ULLONG_WIDTH ULONG_LONG_MAX ULONG_MAX ULONG_WIDTH UNLOCK_FUNCTION USHRT_MAX
    USHRT_WIDTH WCHAR_MAX WCHAR_MIN WCHAR_WIDTH WCONTINUED WEOF WEXITED WEXITSTATUS WIFCONTINUED
    WIFEXITED WIFSIGNALED WIFSTOPPED WINT_MAX WINT_MIN WINT_WIDTH WNOHANG WNOWAIT WORD_BIT
    WSTOPPED WSTOPSIG WTERMSIG WUNTRACED W_OK XATTR_LIST_MAX XATTR_NAME_MAX XATTR_SIZE_MAX X_OK
    alloca assert assert_perror be16toh be32toh be64toh errno htobe16 htobe32 htobe64 htole16
    htole32 htole64 issubnormal le16toh le32toh le64toh linux math_errhandling offsetof
    pthread_cleanup_pop pthread_cleanup_pop_restore_np pthread_cleanup_push
    pthread_cleanup_push_defer_np sched_priority stderr stdin stdout strdupa strndupa timeradd
    timerclear timercmp timerisset timersub unix
    """.split()
)

# Functions and variables that a namespace or a type at the top would be taken for.
_GLOBALS = frozenset(
    """
    accept bind connect creat fcntl fstat index ioctl kill listen lstat mkdir open poll raise recv
    rindex select send shutdown signal socket stat wait
    abort abs access acct acos acosh adjtime alarm asctime asin asinh asprintf atan atanh atexit
    atof atoi atol brk bsearch btowc calloc canonicalize cbrt ceil chdir chown chroot clearenv
    clearerr clock clone close closefrom confstr copysign cos cosh crypt ctermid ctime cuserid
    daddl daemon daylight ddivl dfmal difftime div dmull dprintf drem dsqrtl dsubl dup duplocale
    dysize eaccess ecvt endusershell environ erf erfc euidaccess execl execle execlp execv
    execve execveat execvp execvpe exit exp fabs faccessat fadd fchdir fchown fchownat fclose
    fcloseall fcvt fdatasync fdim fdiv fdopen feof ferror fexecve fflush ffma fgetc fgetpos
    fgets fgetwc fgetws fileno finite flockfile floor fma fmax fmaximum fmaxmag fmemopen fmin
    fminimum fminmag fmod fmul fopen fopencookie fork fpathconf fprintf fputc fputs fputwc
    fputws fread free freelocale freopen frexp fromfp fromfpx fscanf fseek fseeko fsetpos fsqrt
    fsub fsync ftell ftello ftruncate ftrylockfile funlockfile futimes futimesat fwide fwprintf
    fwrite fwscanf gamma gcvt getc getchar getcpu getcwd getdate getdelim getdomainname
    getdtablesize getegid getentropy getenv geteuid getgid getgroups gethostid gethostname
    getitimer getline getloadavg getlogin getpagesize getpass getpayload getpgid getpgrp getpid
    getppid getpt getresgid getresuid getsid getsubopt gettid gettimeofday getuid getusershell
    getw getwc getwchar getwd gmtime grantpt hypot ilogb initstate isalnum isalpha isascii
    isatty isblank iscntrl isctype isdigit isgraph isinff isinfl islower isnanf isnanl isprint
    ispunct isspace isupper iswalnum iswalpha iswblank iswcntrl iswctype iswdigit iswgraph
    iswlower iswprint iswpunct iswspace iswupper iswxdigit isxdigit itimerspec itimerval jn labs
    lchown lconv ldexp ldiv lgamma link linkat llabs lldiv llogb llrint llround localeconv
    localtime lockf log logb lrint lround lseek lutimes malloc mblen mbrlen mbrtowc mbsinit
    mbsnrtowcs mbsrtowcs mbstowcs mbtowc memccpy memcmp memcpy memfrob memmem memmove mempcpy
    memset mkdtemp mkostemp mkostemps mkstemp mkstemps mktemp mktime modf nan nanosleep
    nearbyint newlocale nextafter nextdown nexttoward nextup nice obstack pathconf pause pclose
    perror pipe popen pow pread printf profil ptsname putc putchar putenv puts putw putwc
    putwchar pwrite qecvt qfcvt qgcvt qsort rand random read readlink readlinkat realloc
    reallocarray realpath remainder remove remquo rename renameat revoke rewind rint rmdir round
    roundeven rpmatch sbrk scalb scalbln scalbn scanf setbuf setbuffer setdomainname setegid
    setenv seteuid setgid sethostid sethostname setitimer setlinebuf setlocale setlogin setns
    setpayload setpayloadsig setpgid setpgrp setregid setresgid setresuid setreuid setsid
    setstate settimeofday setuid setusershell setvbuf sigevent signgam significand sin sincos
    sinh sleep snprintf sprintf sqrt srand srandom sscanf stderr stdin stdout stpcpy stpncpy
    strcat strcmp strcoll strcpy strcspn strdup strerror strfromd strfromf strfroml strfry
    strftime strlen strncat strncmp strncpy strndup strnlen strptime strsep strsignal strspn
    strtod strtof strtok strtol strtold strtoq strtoul strtouq strverscmp strxfrm swab swprintf
    swscanf symlink symlinkat sync syncfs syscall sysconf system tan tanh tcgetpgrp tcsetpgrp
    tempnam tgamma time timegm timelocal timex timezone tm tmpfile tmpnam toascii tolower
    totalorder totalordermag toupper towctrans towlower towupper trunc truncate ttyname ttyslot
    tzname tzset ualarm ufromfp ufromfpx ungetc ungetwc unlink unlinkat unlockpt unsetenv
    unshare uselocale usleep utimes valloc vasprintf vdprintf vfork vfprintf vfscanf vfwprintf
    vfwscanf vhangup vprintf vscanf vsnprintf vsprintf vsscanf vswprintf vswscanf vwprintf
    vwscanf wcpcpy wcpncpy wcrtomb wcscasecmp wcscat wcschr wcschrnul wcscmp wcscoll wcscpy
    wcscspn wcsdup wcsftime wcslen wcsncasecmp wcsncat wcsncmp wcsncpy wcsnlen wcsnrtombs
    wcspbrk wcsrchr wcsrtombs wcsspn wcsstr wcstod wcstof wcstok wcstol wcstold wcstombs wcstoq
    wcstoul wcstouq wcswcs wcswidth wcsxfrm wctob wctomb wctrans wctype wcwidth wmemchr wmemcmp
    wmemcpy wmemmove wmempcpy wmemset wprintf write wscanf yn
    """.split()
)


def is_macro(name: str) -> bool:
    """Whether a preprocessor replaces the name, or may: leading underscores are the compiler's."""
    return name in _MACROS or _FAMILIES.fullmatch(name) is not None


def is_global(name: str) -> bool:
    """Whether the name means something outside of all namespaces."""
    return name in _GLOBALS
