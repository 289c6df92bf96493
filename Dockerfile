FROM python:3.11-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY careercenter careercenter
COPY search_sync search_sync
COPY migrations migrations
COPY templates templates
COPY static static
COPY wsgi.py LICENSE NOTICE ./
RUN useradd --system --create-home --home-dir /var/lib/careercenter board
USER board
ENV ENV=production DATA_DIR=/var/lib/careercenter PYTHONUNBUFFERED=1
EXPOSE 8000
CMD ["python", "-m", "careercenter", "serve", "--host", "0.0.0.0"]
