// liblivecam_video: cameras, video files and streams to BGR rows, and rows to video files, through OpenCV's videoio.
#include "bridge.h"
#include <memory>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/videoio.hpp>
#include <vector>

using namespace livecam;

namespace
{
struct Capture
{
    cv::VideoCapture source;
    cv::Mat held;         // a frame whose size the caller did not expect, until it comes back with room for it
    bool grabbed = false;
    bool packets = false; // the source delivers JPEG files, and they are decoded here
    bool marked = false;  // one of them had its end marker, so one without it is torn
};

// A network camera may change its size at any picture, which OpenCV's FFmpeg reader of 4.6 does not notice: it goes on
// reading rows of the old width. JPEG packets carry their own size, so those streams are read undecoded.
void readPackets(Capture& capture)
{
    cv::VideoCapture& source = capture.source;
    const int codec = static_cast<int>(source.get(cv::CAP_PROP_FOURCC));
    // Without a tag in the stream, OpenCV makes the code from the decoder's name, "mjpeg".
    const bool jpeg = codec == cv::VideoWriter::fourcc('M', 'J', 'P', 'G') || codec == cv::VideoWriter::fourcc('m', 'j', 'p', 'e');
    const bool endless = source.get(cv::CAP_PROP_FRAME_COUNT) < 1;
    capture.packets = endless && jpeg && source.set(cv::CAP_PROP_FORMAT, -1);
}

// Whether a JPEG file is all there: when a connection breaks, the first part of its last picture comes as a packet, which
// the decoder would fill up with grey. Zeros after the end marker are padding.
bool isWhole(Capture& capture, const cv::Mat& packet)
{
    const uint8_t* bytes = packet.ptr();
    size_t length = packet.total() * packet.elemSize();
    while (length > 0 && (bytes[length - 1] == 0 || bytes[length - 1] == '\r' || bytes[length - 1] == '\n')) length--;
    const bool ends = length >= 2 && bytes[length - 2] == 0xFF && bytes[length - 1] == 0xD9;
    capture.marked |= ends;
    return ends || !capture.marked;
}

// Decodes the next whole picture; damaged ones, of which a stream may lose a few, are left out.
bool decodePacket(Capture& capture, cv::Mat& target)
{
    constexpr int MostDamaged = 30;
    for (int attempt = 0; attempt < MostDamaged; attempt++)
    {
        cv::Mat packet;
        if (!capture.grabbed && !capture.source.grab()) return false;
        capture.grabbed = false;
        if (!capture.source.retrieve(packet)) return false;
        if (!packet.empty() && isWhole(capture, packet) && !cv::imdecode(packet, cv::IMREAD_COLOR | cv::IMREAD_IGNORE_ORIENTATION, &target).empty()) return true;
    }
    return false;
}

struct Writer
{
    cv::VideoWriter sink;
    cv::Size size;        // even in both directions: codecs with halved chroma need that
    cv::Mat bgr, padded;
};

int32_t measure(cv::VideoCapture& source, int32_t* width, int32_t* height)
{
    *width = static_cast<int32_t>(source.get(cv::CAP_PROP_FRAME_WIDTH));
    *height = static_cast<int32_t>(source.get(cv::CAP_PROP_FRAME_HEIGHT));
    return Ok;
}

cv::Mat asBgr(const cv::Mat& frame, cv::Mat& space, int fromFour)
{
    if (frame.channels() == 3) return frame;
    cv::cvtColor(frame, space, frame.channels() == 1 ? static_cast<int>(cv::COLOR_GRAY2BGR) : fromFour);
    return space;
}
}

__attribute__((constructor)) static void onLoad() { quiet(); }

LIVECAM_EXPORT int32_t livecam_video_error(char* buffer, int32_t capacity) { return errorInto(buffer, capacity); }

// Opens a file or URL through FFmpeg. The timeouts (ms) bound opening and every read; 0 leaves files without one.
LIVECAM_EXPORT int32_t livecam_capture_file(const char* path, int32_t openTimeout, int32_t readTimeout, Capture** capture, int32_t* width, int32_t* height)
{
    *capture = nullptr;
    return guarded([&] {
        auto opened = std::make_unique<Capture>();
        std::vector<int> parameters;
        if (openTimeout > 0) parameters = {cv::CAP_PROP_OPEN_TIMEOUT_MSEC, openTimeout, cv::CAP_PROP_READ_TIMEOUT_MSEC, readTimeout};
        if (!opened->source.open(path, cv::CAP_FFMPEG, parameters)) return fail("it holds no video that FFmpeg can read");
        measure(opened->source, width, height);
        readPackets(*opened);
        *capture = opened.release();
        return static_cast<int32_t>(Ok);
    });
}

// Opens /dev/video<index>. width, height and fps are wishes on the way in (0: the camera's own choice).
LIVECAM_EXPORT int32_t livecam_capture_device(int32_t index, double fps, Capture** capture, int32_t* width, int32_t* height)
{
    *capture = nullptr;
    return guarded([&] {
        auto opened = std::make_unique<Capture>();
        cv::VideoCapture& source = opened->source;
        if (!source.open(index, cv::CAP_V4L2)) return fail("the device did not open as a V4L2 camera");
        source.set(cv::CAP_PROP_BUFFERSIZE, 2);   // the kernel's queue is latency: two, so that one fills while one is read
        if (*width > 0 && *height > 0)
        {
            source.set(cv::CAP_PROP_FOURCC, cv::VideoWriter::fourcc('M', 'J', 'P', 'G'));   // raw above VGA is too slow on USB 2
            source.set(cv::CAP_PROP_FRAME_WIDTH, *width);
            source.set(cv::CAP_PROP_FRAME_HEIGHT, *height);
        }
        if (fps > 0) source.set(cv::CAP_PROP_FPS, fps);
        measure(source, width, height);
        *capture = opened.release();
        return static_cast<int32_t>(Ok);
    });
}

// Frames per second and the number of frames, as far as the source knows them (0 or less: it does not).
LIVECAM_EXPORT int32_t livecam_capture_facts(Capture* capture, double* fps, double* frames)
{
    return guarded([&] {
        *fps = capture->source.get(cv::CAP_PROP_FPS);
        *frames = capture->source.get(cv::CAP_PROP_FRAME_COUNT);
        return Ok;
    });
}

// Reads the next frame into pixels (width * height * 3 bytes). Resize: nothing was written, width and height now say
// what the frame needs, and the next call delivers that same frame. milliseconds is the source's own clock.
LIVECAM_EXPORT int32_t livecam_capture_read(Capture* capture, uint8_t* pixels, int32_t* width, int32_t* height, double* milliseconds)
{
    return guarded([&] {
        cv::Mat& held = capture->held;
        if (held.empty())
        {
            if (!capture->grabbed && !capture->source.grab()) return End;
            capture->grabbed = true;
            int32_t w, h;
            measure(capture->source, &w, &h);
            if (!capture->packets && (pixels == nullptr || w != *width || h != *height))
            {
                if (w > 0 && h > 0) { *width = w; *height = h; return Resize; }
            }
            // retrieve writes into the caller's rows when size and type agree, and reallocates when they do not.
            cv::Mat target = pixels ? over(pixels, *width, *height, 3) : cv::Mat();
            if (capture->packets)
            {
                if (!decodePacket(*capture, target)) return End;
            }
            else
            {
                capture->grabbed = false;
                if (!capture->source.retrieve(target) || target.empty()) return End;
            }
            *milliseconds = capture->source.get(cv::CAP_PROP_POS_MSEC);
            if (target.data == pixels) return Ok;
            held = asBgr(target, held, cv::COLOR_BGRA2BGR);
        }
        if (pixels == nullptr || held.cols != *width || held.rows != *height)
        {
            *width = held.cols;
            *height = held.rows;
            return Resize;
        }
        held.copyTo(over(pixels, *width, *height, 3));
        *milliseconds = capture->source.get(cv::CAP_PROP_POS_MSEC);
        held.release();
        return Ok;
    });
}

LIVECAM_EXPORT int32_t livecam_capture_close(Capture* capture)
{
    return guarded([&] { delete capture; return Ok; });
}

// Opens a video file for writing; the container follows from the path's extension. codec is four letters.
LIVECAM_EXPORT int32_t livecam_writer_open(const char* path, const char* codec, double fps, int32_t width, int32_t height, Writer** writer)
{
    *writer = nullptr;
    return guarded([&] {
        auto opened = std::make_unique<Writer>();
        opened->size = cv::Size((width + 1) & ~1, (height + 1) & ~1);
        const int letters = cv::VideoWriter::fourcc(codec[0], codec[1], codec[2], codec[3]);
        if (!opened->sink.open(path, cv::CAP_FFMPEG, letters, fps, opened->size, true)) return fail("FFmpeg has no encoder for it, or the folder cannot be written");
        *writer = opened.release();
        return static_cast<int32_t>(Ok);
    });
}

// Appends a frame; its last column and row are repeated where the size is odd.
LIVECAM_EXPORT int32_t livecam_writer_write(Writer* writer, const uint8_t* pixels, int32_t width, int32_t height, int32_t channels)
{
    return guarded([&] {
        const cv::Mat frame = asBgr(over(pixels, width, height, channels), writer->bgr, cv::COLOR_RGBA2BGR);
        const int right = writer->size.width - width, below = writer->size.height - height;
        if (right == 0 && below == 0) writer->sink.write(frame);
        else
        {
            cv::copyMakeBorder(frame, writer->padded, 0, below, 0, right, cv::BORDER_REPLICATE);
            writer->sink.write(writer->padded);
        }
        return Ok;
    });
}

// Writes the index and closes the file.
LIVECAM_EXPORT int32_t livecam_writer_close(Writer* writer)
{
    const std::unique_ptr<Writer> owned(writer);
    return guarded([&] { owned->sink.release(); return Ok; });
}
