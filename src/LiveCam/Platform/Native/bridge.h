// What the two bridge libraries share: result codes, and the wall no C++ exception crosses.
//
// Every exported function returns a Code. After Failed the same thread may fetch one sentence with
// <library>_error(buffer, capacity). Handles are opaque; one handle is used by one thread at a time.
#pragma once

#include <cstdint>
#include <cstdio>
#include <exception>
#include <opencv2/core.hpp>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgproc.hpp>

#define LIVECAM_EXPORT extern "C" __attribute__((visibility("default")))

namespace livecam
{
enum Code : int32_t { Failed = -1, Ok = 0, End = 1, Resize = 2 };

// A fixed buffer: reporting an out-of-memory error must not need memory.
inline thread_local char errorText[1024];

inline int32_t fail(const char* text) noexcept
{
    std::snprintf(errorText, sizeof errorText, "%s", text);
    return Failed;
}

template <class Body> int32_t guarded(Body&& body) noexcept
{
    try { return body(); }
    catch (const cv::Exception& e) { return fail(e.err.empty() ? e.what() : e.err.c_str()); }
    catch (const std::exception& e) { return fail(e.what()); }
    catch (...) { return fail("an unknown C++ exception"); }
}

inline int32_t errorInto(char* buffer, int32_t capacity) noexcept
{
    return std::snprintf(buffer, static_cast<size_t>(capacity), "%s", errorText);
}

inline int silent(int, const char*, const char*, const char*, int, void*) { return 0; }

// OpenCV reports to stderr on its own; our caller reports instead. Its thread pool stays out of the way of the
// inference threads: decoding does not use it, and the colour conversions here are memory bound.
inline void quiet() noexcept
{
    guarded([] {
        cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
        cv::redirectError(silent);
        cv::setNumThreads(1);
        return Ok;
    });
}

// A header over the caller's rows (no gaps): 1 channel gray, 3 channels BGR, 4 channels RGBA.
inline cv::Mat over(const uint8_t* pixels, int32_t width, int32_t height, int32_t channels)
{
    return cv::Mat(height, width, CV_8UC(channels), const_cast<uint8_t*>(pixels));
}
}
