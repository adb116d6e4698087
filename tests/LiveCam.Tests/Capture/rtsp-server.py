# A network camera on 127.0.0.1 (RTP states the sides of a JPEG in steps of 8) with Debian's gir1.2-gst-rtsp-server-1.0: rtsp-server.py PORT WIDTH HEIGHT. Colour bars, a square of noise that moves.
import sys, gi
gi.require_version('Gst', '1.0')
gi.require_version('GstRtspServer', '1.0')
from gi.repository import GLib, Gst, GstRtspServer
Gst.init(None)
if missing := [name for name in ('videotestsrc', 'jpegenc', 'rtpjpegpay') if not Gst.ElementFactory.find(name)]: sys.exit(f'GStreamer has no {missing}')
server = GstRtspServer.RTSPServer(address='127.0.0.1', service=sys.argv[1])
factory = GstRtspServer.RTSPMediaFactory(shared=True)
factory.set_launch(f'( videotestsrc is-live=true pattern=smpte ! video/x-raw,format=I420,width={sys.argv[2]},height={sys.argv[3]},framerate=25/1 ! jpegenc ! rtpjpegpay name=pay0 pt=26 )')
server.get_mount_points().add_factory('/live', factory)
server.attach(None)
print('ready', flush=True)
GLib.MainLoop().run()
